/**
 * Turns figures into one self-contained HTML page: no script, no network, charts as inline SVG.
 * Content enters, text leaves. Knows nothing of what is measured.
 */
@NullMarked
package io.waip.cli.demo.report;

import org.jspecify.annotations.NullMarked;
