package io.andon.quickstart;

import java.util.Optional;

/**
 * A camera that ingest is told to watch.
 *
 * @param id camera id
 * @param url RTSP address, without user and password
 * @param user user name, where the camera wants one; its password is in {@value #PASSWORD_VARIABLE}
 *     of ingest's environment
 * @param simulated whether it is one of the simulation's
 */
record WatchedCamera(String id, String url, Optional<String> user, boolean simulated) {
  static final String PASSWORD_VARIABLE = "ANDON_CAMERA_PASSWORD";
}
