/** Breaks a real cluster on purpose and proves that nothing was lost, told twice or forgotten. */
@NullMarked
package io.andon.chaos;

import org.jspecify.annotations.NullMarked;
