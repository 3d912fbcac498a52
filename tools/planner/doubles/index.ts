import { symbolicId } from "../engine/resource";
import type { Properties } from "../engine/wire";
import { attributes } from "./attributes";
import { awsxVpc } from "./awsx-vpc";
import type { Answer, Cloud, Request } from "./cloud";
import { eksCluster } from "./eks-cluster";

/** What the engine answers about the outputs of a stack, which is no lookup in AWS. */
const READ_STACK = "pulumi:pulumi:readStackOutputs";

/** Remote components: what their plugins make of a request. */
const COMPONENTS: Readonly<Record<string, (request: Request) => Answer>> = {
  "awsx:ec2:Vpc": awsxVpc,
  "eks:index:Cluster": eksCluster,
};

/**
 * AWS, awsx and the other stacks, as far as this program meets them.
 *
 * @param stacks Outputs by stack name, what a StackReference finds.
 */
export function cloud(stacks: Readonly<Record<string, Properties>>): Cloud {
  const outputsOf = (id: string): Properties | undefined => {
    const name = id.split("/").pop() ?? "";
    return Object.hasOwn(stacks, name) ? stacks[name] : undefined;
  };
  return {
    create(request) {
      const component = COMPONENTS[request.type];
      if (component !== undefined) return component(request);
      return { id: symbolicId(request), outputs: attributes(request), children: [], dependencies: {} };
    },
    read(type, id) {
      if (type !== "pulumi:pulumi:StackReference") throw new Error(`unexpected read of ${type} ${id}`);
      const outputs = outputsOf(id);
      if (outputs === undefined) {
        throw new Error(
          `the plan has no stack ${id}: it knows ${Object.keys(stacks).join(", ")} of this project alone`,
        );
      }
      return { name: id, outputs, secretOutputNames: [] };
    },
    call(token, { name }) {
      if (token === READ_STACK) {
        const outputs = outputsOf(String(name));
        // The engine's own words.
        if (outputs === undefined) throw new Error(`unknown stack ${JSON.stringify(name)}`);
        return { outputs };
      }
      throw new Error(`unexpected lookup ${token}: the program takes what it needs from its configuration`);
    },
  };
}
