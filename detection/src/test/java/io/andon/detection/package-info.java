@NullMarked
package io.andon.detection;

import org.jspecify.annotations.NullMarked;
