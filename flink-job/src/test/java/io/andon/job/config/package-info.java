@NullMarked
package io.andon.job.config;

import org.jspecify.annotations.NullMarked;
