@NullMarked
package io.andon.bench.simulator.rtsp;

import org.jspecify.annotations.NullMarked;
