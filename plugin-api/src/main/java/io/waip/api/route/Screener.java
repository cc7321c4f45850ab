package io.waip.api.route;

import io.waip.api.RequestDescriptor;

/**
 * A mandatory filter, such as a governance rule: every screener must permit an endpoint.
 *
 * <p>Fails closed: a screener that cannot decide forbids. Single writer; allocates nothing.
 */
public interface Screener {
  /**
   * Says whether the request may run there.
   *
   * @param endpoint index of the endpoint
   */
  boolean permits(RequestDescriptor request, int endpoint);
}
