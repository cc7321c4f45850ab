package io.waip.replay.diagnose;

/**
 * A figure that a finding rests on.
 *
 * @param source where it was read
 * @param text the figure, in a sentence
 */
public record Evidence(String source, String text) {}
