namespace Paydown.Client;

/// <summary>Profiles of customers: their own, and for managers all.</summary>
public sealed class CustomerCalls
{
    private readonly Caller caller;

    internal CustomerCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the profile of the signed-in customer.</summary>
    public Task<CustomerProfile> GetOwnAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.CustomerProfile,
            Routes.CustomerProfile.To(customerId),
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>Gets the profile of a customer of the organisation. For managers.</summary>
    public Task<CustomerProfile> GetAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ShowCustomer,
            Routes.ShowCustomer.To(customerId),
            PaydownJson.Default.CustomerAnswer,
            cancellationToken
        );

    /// <summary>Ends the lock that failed sign-ins of a customer have caused. For managers.</summary>
    public Task UnlockAsync(
        Guid customerId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.UnlockCustomer,
            Routes.UnlockCustomer.To(customerId),
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Removes the second factor of a customer who lost it. For managers.</summary>
    public Task ResetSecondFactorAsync(
        Guid customerId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ResetCustomerSecondFactor,
            Routes.ResetCustomerSecondFactor.To(customerId),
            PaydownJson.Default.NothingAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the customers of the organisation, newest first. For managers.</summary>
    /// <param name="search">A part of the name, e-mail address or phone number; null selects all.</param>
    /// <param name="cancellationToken">Stops the list.</param>
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

    /// <summary>Gets one page of the customers; at most 50.</summary>
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
