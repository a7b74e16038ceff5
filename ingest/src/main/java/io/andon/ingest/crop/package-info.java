/** Finds the part of a camera's pictures that matters. */
@NullMarked
package io.andon.ingest.crop;

import org.jspecify.annotations.NullMarked;
