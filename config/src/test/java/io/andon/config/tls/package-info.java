@NullMarked
package io.andon.config.tls;

import org.jspecify.annotations.NullMarked;
