/** Embedders on TensorFlow by way of DJL: the one package that imports either. */
@NullMarked
package io.andon.embedding.tensorflow;

import org.jspecify.annotations.NullMarked;
