/** Everything on a broker that lets nobody in without a password and a right. */
@NullMarked
package io.andon.chaos.security;

import org.jspecify.annotations.NullMarked;
