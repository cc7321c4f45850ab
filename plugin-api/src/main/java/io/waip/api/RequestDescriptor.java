package io.waip.api;

/**
 * What the engine knows of a request: who asks for what, how long it is and by when; never its
 * tensors.
 *
 * <p>A flyweight: a driver fills one instance, passes it to {@link
 * io.waip.api.schedule.Scheduler#arrived} and may reuse it after the call. Confined to the thread
 * that makes that call. {@link #reset} allocates nothing.
 */
public final class RequestDescriptor {
  /** The deadline of a request that has none. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The region of a request that names none. */
  public static final int NO_REGION = -1;

  private long requestId;
  private int service;
  private int tenant;
  private Tier tier = Tier.INTERACTIVE;
  private int length = 1;
  private long arrivalNanos;
  private long deadlineNanos = NO_DEADLINE;
  private double qualityFloor;
  private int region = NO_REGION;

  /**
   * Starts the description of a new request and sets everything optional to its default.
   *
   * @param requestId unique among the requests that have not ended
   * @param service index of the service in the deployment
   * @param tenant index of the tenant in the deployment
   * @return this
   */
  public RequestDescriptor reset(long requestId, int service, int tenant) {
    this.requestId = requestId;
    this.service = service;
    this.tenant = tenant;
    tier = Tier.INTERACTIVE;
    length = 1;
    arrivalNanos = 0;
    deadlineNanos = NO_DEADLINE;
    qualityFloor = 0;
    region = NO_REGION;
    return this;
  }

  /** Sets the criticality class. */
  public RequestDescriptor tier(Tier value) {
    tier = value;
    return this;
  }

  /** Sets the length along the padded axis, in elements (tokens for text), {@code >= 1}. */
  public RequestDescriptor length(int value) {
    length = value;
    return this;
  }

  /** Sets when the client meant to send the request, nanoseconds of the driver's clock. */
  public RequestDescriptor arrivalNanos(long value) {
    arrivalNanos = value;
    return this;
  }

  /** Sets the absolute deadline, nanoseconds of the driver's clock, or {@link #NO_DEADLINE}. */
  public RequestDescriptor deadlineNanos(long value) {
    deadlineNanos = value;
    return this;
  }

  /** Sets the least acceptable variant quality, {@code [0, 1]}; 0 leaves it to the service. */
  public RequestDescriptor qualityFloor(double value) {
    qualityFloor = value;
    return this;
  }

  /** Sets the index of the data region, or {@link #NO_REGION}. */
  public RequestDescriptor region(int value) {
    region = value;
    return this;
  }

  /** Returns the id, unique among the requests that have not ended. */
  public long requestId() {
    return requestId;
  }

  /** Returns the index of the service. */
  public int service() {
    return service;
  }

  /** Returns the index of the tenant. */
  public int tenant() {
    return tenant;
  }

  /** Returns the criticality class. */
  public Tier tier() {
    return tier;
  }

  /** Returns the length along the padded axis, {@code >= 1}. */
  public int length() {
    return length;
  }

  /** Returns the intended send time, nanoseconds. */
  public long arrivalNanos() {
    return arrivalNanos;
  }

  /** Returns the absolute deadline, nanoseconds, or {@link #NO_DEADLINE}. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  /** Returns the least acceptable quality, {@code [0, 1]}. */
  public double qualityFloor() {
    return qualityFloor;
  }

  /** Returns the data region index, or {@link #NO_REGION}. */
  public int region() {
    return region;
  }
}
