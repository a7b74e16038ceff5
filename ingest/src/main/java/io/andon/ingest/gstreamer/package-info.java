/** The only package that knows GStreamer and JNA. */
@NullMarked
package io.andon.ingest.gstreamer;

import org.jspecify.annotations.NullMarked;
