@NullMarked
package io.andon.job;

import org.jspecify.annotations.NullMarked;
