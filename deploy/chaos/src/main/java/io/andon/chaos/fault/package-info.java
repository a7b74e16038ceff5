/** What is done to the cluster. */
@NullMarked
package io.andon.chaos.fault;

import org.jspecify.annotations.NullMarked;
