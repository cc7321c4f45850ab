package io.waip.benchmarks.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Measures Java sources against the limits of shape, on the compiler's own syntax trees.
 *
 * <p>A method's length counts lines that hold code. Its complexity is one more than its branches:
 * {@code if}, loops, {@code catch}, {@code ?:}, {@code &&}, {@code ||} and each {@code case}. The
 * components of a record are not parameters. A lambda or an inner class counts on its own lines
 * with the method around it.
 */
final class SourceShape {
  static final int MAX_FILE_LINES = 600;
  static final int MAX_METHOD_LINES = 60;
  static final int MAX_PARAMETERS = 5;
  static final int MAX_COMPLEXITY = 15;

  private SourceShape() {}

  /** Returns one line for each limit that is broken. */
  static List<String> violations(Iterable<? extends JavaFileObject> sources) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<String> violations = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, sources);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new UnitScanner(unit, positions, violations).scan(unit, null);
      }
    }
    return violations;
  }

  private static final class UnitScanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> violations;
    private final String name;
    private final List<String> lines;
    private boolean inRecord;

    UnitScanner(CompilationUnitTree unit, SourcePositions positions, List<String> violations)
        throws IOException {
      this.unit = unit;
      this.positions = positions;
      this.violations = violations;
      String path = unit.getSourceFile().getName();
      name = path.substring(path.lastIndexOf('/') + 1);
      lines = unit.getSourceFile().getCharContent(true).toString().lines().toList();
      limit("file", "lines", lines.size(), MAX_FILE_LINES);
    }

    @Override
    public @Nullable Void visitClass(ClassTree node, @Nullable Void unused) {
      boolean outer = inRecord;
      inRecord = node.getKind() == Tree.Kind.RECORD;
      super.visitClass(node, null);
      inRecord = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree node, @Nullable Void unused) {
      String method = node.getName().toString();
      boolean isConstructor = method.equals("<init>");
      // An override has the parameters of what it overrides, which counts where it is ours.
      if (!(inRecord && isConstructor) && !isOverride(node)) {
        limit(method, "parameters", node.getParameters().size(), MAX_PARAMETERS);
      }
      if (node.getBody() != null) {
        limit(method, "code lines", codeLines(node), MAX_METHOD_LINES);
        BranchCounter counter = new BranchCounter();
        counter.scan(node.getBody(), null);
        limit(method, "branches + 1", counter.branches + 1, MAX_COMPLEXITY);
      }
      return super.visitMethod(node, null);
    }

    private static boolean isOverride(MethodTree node) {
      return node.getModifiers().getAnnotations().stream()
          .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    }

    private int codeLines(MethodTree node) {
      long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, node));
      long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, node));
      int count = 0;
      for (String line : lines.subList((int) first - 1, (int) last)) {
        String code = line.strip();
        if (!code.isEmpty() && !code.startsWith("//") && !code.startsWith("*")) {
          count++;
        }
      }
      return count;
    }

    private void limit(String where, String what, int found, int max) {
      if (found > max) {
        violations.add("%s %s: %d %s, at most %d".formatted(name, where, found, what, max));
      }
    }
  }

  private static final class BranchCounter extends TreeScanner<@Nullable Void, @Nullable Void> {
    private static final Set<Tree.Kind> BRANCHES =
        EnumSet.of(
            Tree.Kind.IF,
            Tree.Kind.FOR_LOOP,
            Tree.Kind.ENHANCED_FOR_LOOP,
            Tree.Kind.WHILE_LOOP,
            Tree.Kind.DO_WHILE_LOOP,
            Tree.Kind.CASE,
            Tree.Kind.CATCH,
            Tree.Kind.CONDITIONAL_EXPRESSION,
            Tree.Kind.CONDITIONAL_AND,
            Tree.Kind.CONDITIONAL_OR);

    private int branches;

    @Override
    public @Nullable Void scan(@Nullable Tree node, @Nullable Void unused) {
      if (node != null && BRANCHES.contains(node.getKind())) {
        branches++;
      }
      return super.scan(node, null);
    }
  }
}
