/**
 * Triton's real core inside this JVM: a seat for the demo, tests and evaluation.
 *
 * <p>{@link io.waip.triton.embedded.EmbeddedServer} starts the core, {@link
 * io.waip.triton.embedded.ModelRepository} writes what it serves, {@link
 * io.waip.triton.embedded.InferenceClient} sends it requests without a network. The core is of
 * release 24.10, which predates security fixes of later releases: it opens no port, and nothing
 * that comes from an untrusted client may be handed to it.
 *
 * <p>Threads: the core has its own; completions of requests come on them. JavaCPP's and Triton's
 * types do not leave this package.
 */
@NullMarked
package io.waip.triton.embedded;

import org.jspecify.annotations.NullMarked;
