/** Broker and Flink cluster as processes of their own, started as a person would. */
@NullMarked
package io.andon.chaos.cluster;

import org.jspecify.annotations.NullMarked;
