/**
 * What every implementation of a contract does: abstract test classes that an implementation's own
 * tests extend. A package of its own, since a named module sees no second part of its packages.
 */
@NullMarked
package io.waip.api.contract;

import org.jspecify.annotations.NullMarked;
