namespace Paydown.Client;

/// <summary>The wallets of customers; officers read those of all customers of their organisation.</summary>
public sealed class WalletCalls
{
    private readonly Caller caller;

    internal WalletCalls(Caller caller) => this.caller = caller;

    /// <summary>What is in a wallet.</summary>
    public Task<Wallet> GetAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ShowWallet,
            Routes.ShowWallet.To(customerId),
            PaydownJson.Default.WalletAnswer,
            cancellationToken
        );

    /// <summary>What came to a wallet and left it, newest first, page by page.</summary>
    public IAsyncEnumerable<WalletHistoryItem> ListHistoryAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.WalletHistory,
            Routes.WalletHistory.To(customerId),
            PaydownJson.Default.WalletHistoryAnswer,
            cancellationToken
        );

    /// <summary>One page of what came to a wallet and left it; its size is at most 50.</summary>
    public Task<Page<WalletHistoryItem>> GetHistoryPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.WalletHistory,
            Routes.WalletHistory.To(customerId),
            page,
            size,
            PaydownJson.Default.WalletHistoryAnswer,
            cancellationToken
        );

    /// <summary>Sends money to a bank account of the signed-in customer.</summary>
    /// <param name="order">What, and where to.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the money may be sent all the same.</param>
    public Task<TransferRequested> TransferAsync(
        TransferOrder order,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.TransferFunds,
            Routes.TransferFunds.To(),
            order,
            PaydownJson.Default.TransferOrder,
            PaydownJson.Default.TransferRequestedAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Where a transfer stands.</summary>
    public Task<Transfer> GetTransferAsync(
        string transactionReference,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CheckTransferStatus,
            Routes.CheckTransferStatus.ToNamed(transactionReference),
            PaydownJson.Default.TransferAnswer,
            cancellationToken
        );

    /// <summary>The transfers of a customer, newest first, page by page.</summary>
    public IAsyncEnumerable<Transfer> ListTransfersAsync(
        Guid customerId,
        CancellationToken cancellationToken = default
    ) =>
        caller.AllAsync(
            Routes.TransferHistory,
            Routes.TransferHistory.To(customerId),
            PaydownJson.Default.TransfersAnswer,
            cancellationToken
        );

    /// <summary>One page of the transfers of a customer; its size is at most 50.</summary>
    public Task<Page<Transfer>> GetTransferPageAsync(
        Guid customerId,
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.TransferHistory,
            Routes.TransferHistory.To(customerId),
            page,
            size,
            PaydownJson.Default.TransfersAnswer,
            cancellationToken
        );

    /// <summary>Sets the transaction PIN of the signed-in customer, or another in its place.</summary>
    /// <param name="pin">The PIN, and what proves that it may be set.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the PIN may be set all the same.</param>
    public Task<TransactionPinSet> SetPinAsync(
        NewTransactionPin pin,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.SetTransactionPin,
            Routes.SetTransactionPin.To(),
            pin,
            PaydownJson.Default.NewTransactionPin,
            PaydownJson.Default.TransactionPinAnswer,
            cancellationToken,
            idempotencyKey
        );
}
