package io.andon.embedding.picture;

import io.andon.embedding.InputShape;

/** Turns the bytes of a record into a picture at the size a model takes. Safe for many threads. */
public interface PictureDecoder {
  /**
   * Name and version of the decoder and of its preprocessing, a part of the {@link
   * io.andon.embedding.EmbeddingSpace}: a change of bits is a change of name.
   */
  String name();

  /**
   * Decodes, scales and letterboxes a picture. Any bytes give a result, never an exception.
   *
   * @param jpeg the encoded picture
   * @param declaredWidth the width that came with it, pixels
   * @param declaredHeight the height that came with it, pixels
   * @param target the size to bring it to
   */
  DecodeResult decode(byte[] jpeg, int declaredWidth, int declaredHeight, InputShape target);
}
