package io.andon.bench.footage;

/** A picture that the product would send to the dead letters. */
public final class UnusablePictureException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusablePictureException(String detail) {
    super(detail);
  }
}
