/** An RTSP server for rendered cameras, on libgstrtspserver through JNA. */
@NullMarked
package io.andon.bench.simulator.rtsp;

import org.jspecify.annotations.NullMarked;
