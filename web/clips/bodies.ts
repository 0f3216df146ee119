// Turns a body's shapes into what three.js draws.
import {
  BoxGeometry,
  type BufferGeometry,
  CapsuleGeometry,
  Color,
  CylinderGeometry,
  Group,
  Mesh,
  MeshLambertMaterial,
  SphereGeometry,
  SRGBColorSpace,
} from "three";
import type { Body, Shape } from "../../src/environment/scene.ts";

export function bodyGroup(body: Body): Group {
  const group = new Group();
  for (const shape of body.shapes) {
    const colour = new Color().setRGB(...shape.colour, SRGBColorSpace);
    const mesh = new Mesh(geometry(shape), new MeshLambertMaterial({ color: colour }));
    const [w, x, y, z] = shape.rotation;
    mesh.position.set(...shape.position);
    mesh.quaternion.set(x, y, z, w);
    group.add(mesh);
  }
  return group;
}

/** three.js lays capsules and cylinders along y, a scene along z. */
function geometry(shape: Shape): BufferGeometry {
  const [a, b, c] = shape.size;
  switch (shape.kind) {
    case "capsule":
      return new CapsuleGeometry(a, 2 * b, 6, 16).rotateX(Math.PI / 2);
    case "cylinder":
      return new CylinderGeometry(a, a, 2 * b, 24).rotateX(Math.PI / 2);
    case "sphere":
      return new SphereGeometry(a, 20, 14);
    case "box":
      return new BoxGeometry(2 * a, 2 * b, 2 * c);
    case "ellipsoid":
      return new SphereGeometry(1, 20, 14).scale(a, b, c);
  }
}
