"""What the tests of attacks on records share."""

from tests.support.scene import scene, template

__all__ = ["scene", "template"]
