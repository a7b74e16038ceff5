/**
 * Turns networks published in TensorFlow.js format into SavedModels with descriptors, at build time
 * and without Python. Builds graphs from TensorFlow's protocol buffers; runs none.
 */
@NullMarked
package io.andon.embedding.model.importer;

import org.jspecify.annotations.NullMarked;
