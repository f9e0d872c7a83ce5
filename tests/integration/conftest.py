"""What the tests of attacks on records share."""

from tests.support.region_scene import region_scene, region_template
from tests.support.scene import scene, template

__all__ = ["region_scene", "region_template", "scene", "template"]
