/**
 * Binds libjpeg-turbo, where it is installed. Besides TensorFlow's, the one package that calls
 * native code.
 */
@NullMarked
package io.andon.embedding.picture.turbojpeg;

import org.jspecify.annotations.NullMarked;
