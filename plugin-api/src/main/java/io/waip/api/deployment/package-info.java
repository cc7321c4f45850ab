/** What is served, for whom, where: services, variants, tenants, endpoints. */
@NullMarked
package io.waip.api.deployment;

import org.jspecify.annotations.NullMarked;
