/**
 * The messages of onnx.proto that our models need, with their field numbers.
 * source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (IR version 8)
 */
const string = (id: number) => ({ type: 'string', id })
const int64 = (id: number) => ({ type: 'int64', id })
const message = (type: string, id: number) => ({ type, id })
const many = (type: string, id: number) => ({ rule: 'repeated', type, id })

export const onnxSchema = {
  nested: {
    Dimension: { fields: { dimValue: int64(1), dimParam: string(2) } },
    Shape: { fields: { dim: many('Dimension', 1) } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: message('Shape', 2) } },
    Type: { fields: { tensorType: message('TensorType', 1) } },
    ValueInfo: { fields: { name: string(1), type: message('Type', 2) } },
    Attribute: {
      fields: {
        name: string(1),
        i: int64(3),
        s: { type: 'bytes', id: 4 },
        floats: many('float', 7),
        ints: many('int64', 8),
        strings: many('bytes', 9),
        type: { type: 'int32', id: 20 },
      },
    },
    Node: {
      fields: {
        input: many('string', 1),
        output: many('string', 2),
        name: string(3),
        opType: string(4),
        attribute: many('Attribute', 5),
        domain: string(7),
      },
    },
    Tensor: {
      fields: {
        dims: many('int64', 1),
        dataType: { type: 'int32', id: 2 },
        floatData: many('float', 4),
        int64Data: many('int64', 7),
        name: string(8),
      },
    },
    Graph: {
      fields: {
        node: many('Node', 1),
        name: string(2),
        initializer: many('Tensor', 5),
        input: many('ValueInfo', 11),
        output: many('ValueInfo', 12),
      },
    },
    OperatorSet: { fields: { domain: string(1), version: int64(2) } },
    StringEntry: { fields: { key: string(1), value: string(2) } },
    Model: {
      fields: {
        irVersion: int64(1),
        producerName: string(2),
        graph: message('Graph', 7),
        opsetImport: many('OperatorSet', 8),
        metadataProps: many('StringEntry', 14),
      },
    },
  },
}

/** AttributeProto.AttributeType */
export const ATTRIBUTE = { int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const
/** TensorProto.DataType */
export const TENSOR = { float: 1, int64: 7 } as const
