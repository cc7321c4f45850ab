/**
 * Turns figures into one self-contained HTML page: no script, no network, charts as inline SVG.
 * Content enters, text leaves. Knows nothing of what is measured; a command says what its page
 * shows.
 */
@NullMarked
package io.waip.cli.report;

import org.jspecify.annotations.NullMarked;
