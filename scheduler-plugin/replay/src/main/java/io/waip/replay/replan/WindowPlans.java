package io.waip.replay.replan;

import io.waip.replay.judge.JudgedPlan;
import java.util.Optional;

/**
 * What came of planning for a window.
 *
 * @param best the best plan found, judged on the window; empty where promises contradict each other
 * @param inForce the plan in force, judged on the window; empty where there was none
 * @param trial the plan in its canary, likewise
 * @param contradiction what cannot hold together; empty where there is a plan
 */
public record WindowPlans(
    Optional<JudgedPlan> best,
    Optional<JudgedPlan> inForce,
    Optional<JudgedPlan> trial,
    String contradiction) {}
