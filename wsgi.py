"""The WSGI entry: `application`, configured by the environment."""

from consultation.app import from_environment

application = from_environment()
