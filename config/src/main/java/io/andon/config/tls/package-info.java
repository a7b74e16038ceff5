/** Certificates and keys as PEM files; needs the JDK alone. */
@NullMarked
package io.andon.config.tls;

import org.jspecify.annotations.NullMarked;
