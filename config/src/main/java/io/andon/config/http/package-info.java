/** What servers of plain HTTP endpoints have in common. */
@NullMarked
package io.andon.config.http;

import org.jspecify.annotations.NullMarked;
