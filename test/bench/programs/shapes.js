/** Many small objects, methods, accessors and an inheritance chain: code that is mostly calls. */
export class Vector {
  constructor(x, y) {
    this.x = x
    this.y = y
  }

  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y)
  }

  times(factor) {
    return new Vector(this.x * factor, this.y * factor)
  }

  get length() {
    return Math.sqrt(this.x * this.x + this.y * this.y)
  }
}

class Shape {
  #position
  #moves = 0

  constructor(position) {
    this.#position = position
  }

  get position() {
    return this.#position
  }

  get moves() {
    return this.#moves
  }

  move(by) {
    this.#position = this.#position.plus(by)
    this.#moves++
    return this
  }

  area() {
    return 0
  }
}

class Circle extends Shape {
  constructor(position, radius) {
    super(position)
    this.radius = radius
  }

  area() {
    return Math.PI * this.radius * this.radius
  }
}

class Rectangle extends Shape {
  constructor(position, width, height) {
    super(position)
    this.width = width
    this.height = height
  }

  area() {
    return this.width * this.height
  }
}

class Square extends Rectangle {
  constructor(position, side) {
    super(position, side, side)
  }

  move(by) {
    return super.move(by.length > 1 ? by.times(0.5) : by)
  }
}

export function simulate(rounds) {
  const origin = new Vector(0, 0)
  const step = new Vector(0.75, 1)
  const shapes = [new Circle(origin, 2), new Rectangle(origin, 2, 3), new Square(origin, 4)]
  let area = 0
  for (let round = 0; round < rounds; round++) {
    for (const shape of shapes) {
      shape.move(step)
      if (shape.moves % 8 === 0) area += shape.area()
      else if (shape.position.length < 0) throw new Error('moved backwards')
    }
  }
  return area + shapes.reduce((sum, shape) => sum + shape.position.length, 0)
}
