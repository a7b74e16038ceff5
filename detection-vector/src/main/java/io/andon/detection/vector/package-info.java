/** The inner loops of detection by the Vector API, where the JVM was started with it. */
@NullMarked
package io.andon.detection.vector;

import org.jspecify.annotations.NullMarked;
