package io.andon.detection;

/** What the detector thinks of its camera. */
public enum CameraState {
  WARMING_UP,
  NORMAL,
  SUSPICIOUS,
  INCIDENT,
  CAMERA_FAULT,
  FROZEN
}
