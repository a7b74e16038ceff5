package io.andon.embedding.picture;

/** All the same where libjpeg-turbo is not installed. */
class JdkPictureDecoderTest extends JpegPictureDecoderTest {
  @Override
  PictureDecoder decoder() {
    return JpegPictureDecoder.ofTheJdk();
  }
}
