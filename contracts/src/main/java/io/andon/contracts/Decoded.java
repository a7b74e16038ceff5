package io.andon.contracts;

/**
 * The outcome of reading bytes that somebody else wrote. Reading never throws: what can't be used
 * says why.
 *
 * @param <T> what was to be read
 */
public sealed interface Decoded<T> {
  /**
   * The value.
   *
   * @throws IllegalStateException if it was rejected; the message says why
   */
  T orElseThrow();

  /** It could be read. */
  record Valid<T>(T value) implements Decoded<T> {
    @Override
    public T orElseThrow() {
      return value;
    }
  }

  /**
   * It can't be used.
   *
   * @param reason why
   * @param detail what exactly is wrong, at most {@link BoundedText#MAX_LENGTH} characters
   */
  record Rejected<T>(DeadLetterReason reason, String detail) implements Decoded<T> {
    public Rejected {
      detail = BoundedText.of(detail);
    }

    @Override
    public T orElseThrow() {
      throw new IllegalStateException(reason.wireName() + ": " + detail);
    }
  }
}
