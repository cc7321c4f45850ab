/**
 * Text the command line may ship and its word-piece ids. Phrases enter from a resource, token ids
 * leave; no network is used. Any thread may read a loaded corpus or use a tokenizer.
 */
@NullMarked
package io.waip.cli.text;

import org.jspecify.annotations.NullMarked;
