import { inRegion, on, onOurs, type Grant, type Scope } from "./grants";

/** What the VPC of every network takes. */
export function networkGrants(scope: Scope): readonly Grant[] {
  const { account, region } = scope;
  return [
    {
      types: [
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/route:Route",
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
      ],
      statements: [
        inRegion(scope, "MakeNetwork", [
          "ec2:AssociateRouteTable",
          "ec2:AttachInternetGateway",
          "ec2:CreateInternetGateway",
          "ec2:CreateRoute",
          "ec2:CreateRouteTable",
          "ec2:CreateSubnet",
          "ec2:CreateTransitGatewayVpcAttachment",
          "ec2:CreateVpc",
          "ec2:CreateVpcEndpoint",
          "ec2:DisassociateRouteTable",
          "ec2:ReplaceRouteTableAssociation",
        ]),
        onOurs(scope, "ChangeNetwork", [
          "ec2:DeleteInternetGateway",
          "ec2:DeleteRoute",
          "ec2:DeleteRouteTable",
          "ec2:DeleteSubnet",
          "ec2:DeleteTransitGatewayVpcAttachment",
          "ec2:DeleteVpc",
          "ec2:DeleteVpcEndpoints",
          "ec2:DetachInternetGateway",
          "ec2:ModifySubnetAttribute",
          "ec2:ModifyTransitGatewayVpcAttachment",
          "ec2:ModifyVpcAttribute",
          "ec2:ModifyVpcEndpoint",
          "ec2:ReplaceRoute",
        ]),
        // The default group of a VPC is emptied before it has a tag of ours.
        inRegion(scope, "EmptyDefaultGroup", ["ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"]),
        on("TagDefaultGroup", ["ec2:CreateTags"], `arn:aws:ec2:${region}:${account}:security-group/*`),
        {
          ...inRegion(scope, "TagWhatIsMade", ["ec2:CreateTags"]),
          Condition: {
            StringEquals: { "aws:RequestedRegion": region },
            // Present only in the request that makes the resource (Amazon EC2 User Guide, "Grant permission to tag
            // Amazon EC2 resources during creation").
            StringLike: { "ec2:CreateAction": "*" },
          },
        },
        onOurs(scope, "Retag", ["ec2:CreateTags", "ec2:DeleteTags"]),
      ],
    },
    {
      types: ["aws:ec2/flowLog:FlowLog"],
      statements: [
        inRegion(scope, "MakeFlowLogs", ["ec2:CreateFlowLogs"]),
        onOurs(scope, "RemoveFlowLogs", ["ec2:DeleteFlowLogs"]),
      ],
    },
    {
      types: [
        "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig",
        "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
      ],
      statements: [
        // Of flow logs as well (Amazon CloudWatch Logs User Guide, "Enable logging from AWS services").
        inRegion(scope, "DeliverLogs", [
          "logs:CreateLogDelivery",
          "logs:DeleteLogDelivery",
          "logs:GetLogDelivery",
          "logs:ListLogDeliveries",
          "logs:UpdateLogDelivery",
        ]),
        inRegion(scope, "LogQueries", [
          "route53resolver:AssociateResolverQueryLogConfig",
          "route53resolver:CreateResolverQueryLogConfig",
          "route53resolver:DeleteResolverQueryLogConfig",
          "route53resolver:DisassociateResolverQueryLogConfig",
          "route53resolver:TagResource",
          "route53resolver:UntagResource",
        ]),
      ],
    },
  ];
}
