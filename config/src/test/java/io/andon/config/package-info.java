@NullMarked
package io.andon.config;

import org.jspecify.annotations.NullMarked;
