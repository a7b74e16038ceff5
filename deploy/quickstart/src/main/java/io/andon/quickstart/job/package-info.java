@NullMarked
package io.andon.quickstart.job;

import org.jspecify.annotations.NullMarked;
