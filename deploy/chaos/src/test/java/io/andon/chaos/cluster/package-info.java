@NullMarked
package io.andon.chaos.cluster;

import org.jspecify.annotations.NullMarked;
