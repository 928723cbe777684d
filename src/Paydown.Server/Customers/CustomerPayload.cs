using Paydown.Lending.Identifiers;

namespace Paydown.Server.Customers;

/// <summary>The payload of the event <c>customer.registered</c>. <c>GET admin/customers</c> has the person.</summary>
/// <param name="CustomerId">The customer's id.</param>
/// <param name="RegisteredAt">When the customer registered.</param>
public sealed record CustomerPayload(CustomerId CustomerId, DateTimeOffset RegisteredAt);
