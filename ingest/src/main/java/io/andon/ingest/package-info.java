/** Ingest: camera to frame. The commands, and the service that they start. */
@NullMarked
package io.andon.ingest;

import org.jspecify.annotations.NullMarked;
