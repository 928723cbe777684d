namespace Paydown.Client;

/// <summary>What is known of customers: their own profile, and a manager's view of all.</summary>
public sealed class CustomerCalls
{
    private readonly Caller caller;

    internal CustomerCalls(Caller caller) => this.caller = caller;

    /// <summary>What is known of the signed-in customer.</summary>
    public Task<CustomerProfile> GetOwnAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.CustomerProfile,
            Routes.CustomerProfile.To(customerId),
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>What is known of a customer of the organisation; for managers.</summary>
    public Task<CustomerProfile> GetAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ShowCustomer,
            Routes.ShowCustomer.To(customerId),
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>The customers of the organisation, the youngest record first, page by page; for managers.</summary>
    /// <param name="search">A part of the name, the e-mail or the phone number; null: all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public IAsyncEnumerable<CustomerProfile> ListAsync(
        string? search = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.ListCustomers,
            Caller.Query(Routes.ListCustomers.To(), ("search", search)),
            PaydownJson.Default.CustomersAnswer,
            cancellationToken
        );

    /// <summary>One page of them; its size is at most 50.</summary>
    public Task<Page<CustomerProfile>> GetPageAsync(
        PagePosition page,
        int size = 10,
        string? search = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListCustomers,
            Caller.Query(Routes.ListCustomers.To(), ("search", search)),
            page,
            size,
            PaydownJson.Default.CustomersAnswer,
            cancellationToken
        );
}
