/** One camera's life: connect, capture, lose, back off, connect again. Knows no framework. */
@NullMarked
package io.andon.ingest.camera;

import org.jspecify.annotations.NullMarked;
