package io.waip.cli.bench.front;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * The server whose planner is hurt, and the means to hurt it. Signals go only to a process that the
 * control page names and that is a child of the server this bench started.
 *
 * @param server the process
 * @param control its control page
 * @param folders what it runs on
 */
record Patient(StockServer server, ControlFile control, ServerFolders folders) {
  private static final int KILL_SECONDS = 5;

  /**
   * Signals the planner.
   *
   * @return its process id
   * @throws IOException if there is none, or it is not the server's
   */
  long signalPlanner(String signal) throws IOException, InterruptedException {
    long pid = control.plannerPid();
    signal(signal, pid);
    return pid;
  }

  void signal(String signal, long pid) throws IOException, InterruptedException {
    if (!isPlanner(pid)) {
      throw new IOException("process " + pid + " is no child of the server");
    }
    Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start();
    if (!kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new IOException("kill -" + signal + " " + pid + " failed");
    }
  }

  /** Whether a process lives and is a child of the server. */
  boolean isPlanner(long pid) {
    return pid > 0
        && ProcessHandle.of(pid)
            .flatMap(ProcessHandle::parent)
            .map(parent -> parent.pid() == server.pid())
            .orElse(false);
  }

  private Path away() {
    return folders.planner().resolveSibling("waip-planner.away");
  }

  void removePlannerProgram() throws IOException {
    Files.move(folders.planner(), away(), StandardCopyOption.ATOMIC_MOVE);
  }

  void restorePlannerProgram() throws IOException {
    if (Files.exists(away())) {
      Files.move(away(), folders.planner(), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  Path runtime() {
    return folders.runtime();
  }
}
