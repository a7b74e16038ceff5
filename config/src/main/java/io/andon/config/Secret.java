package io.andon.config;

/** A resolved secret. Shows itself to nobody who doesn't ask by {@link #reveal}. */
public final class Secret {
  private final String value;

  /**
   * Wraps a secret.
   *
   * @param value the secret
   */
  public Secret(String value) {
    this.value = value;
  }

  /** The secret itself; never to be logged, counted or put into an exception. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
