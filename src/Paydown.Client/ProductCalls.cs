namespace Paydown.Client;

/// <summary>
/// Loan products. Managers create and change them. Each write takes an idempotency key, as
/// <see cref="RepaymentCalls.ReportAsync"/> does.
/// </summary>
public sealed class ProductCalls
{
    private readonly Caller caller;

    internal ProductCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the products that are open for applications.</summary>
    public async Task<IReadOnlyList<ProductOffer>> GetOpenAsync(CancellationToken cancellationToken = default) =>
        await caller.SendAsync(
            Routes.ListProducts,
            Routes.ListProducts.To(),
            PaydownJson.Default.ProductOffersAnswer,
            cancellationToken
        );

    /// <summary>Gets the questions that applicants for an open product must answer.</summary>
    public async Task<IReadOnlyList<QuestionAsked>> GetQuestionsAskedAsync(
        Guid productId,
        CancellationToken cancellationToken = default
    ) =>
        await caller.SendAsync(
            Routes.EligibilityQuestionsAsked,
            Routes.EligibilityQuestionsAsked.To(productId),
            PaydownJson.Default.QuestionsAskedAnswer,
            cancellationToken
        );

    /// <summary>Gets the terms on which an organisation lends.</summary>
    public Task<OrganisationTerms> GetTermsAsync(Guid organisationId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.LoanTerms,
            Routes.LoanTerms.To(organisationId),
            PaydownJson.Default.TermsAnswer,
            cancellationToken
        );

    /// <summary>Lists all products, open and closed, by name. For managers.</summary>
    public IAsyncEnumerable<Product> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.OfficersProducts,
            Routes.OfficersProducts.To(),
            PaydownJson.Default.ProductsAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the products; at most 50. For managers.</summary>
    public Task<Page<Product>> GetPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.OfficersProducts,
            Routes.OfficersProducts.To(),
            page,
            size,
            PaydownJson.Default.ProductsAnswer,
            cancellationToken
        );

    /// <summary>Gets a product with all its versions. For managers.</summary>
    public Task<Product> GetAsync(Guid productId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.OfficersProduct,
            Routes.OfficersProduct.To(productId),
            PaydownJson.Default.ProductAnswer,
            cancellationToken
        );

    /// <summary>Creates a product. For managers.</summary>
    public Task<Product> CreateAsync(
        ProductDefinition definition,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.CreateProduct,
            Routes.CreateProduct.To(),
            definition,
            PaydownJson.Default.ProductDefinition,
            PaydownJson.Default.ProductAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Shows a loan of a product that is being written; nothing is stored. For managers.</summary>
    public Task<PreviewedLoan> PreviewAsync(
        ProductDefinition definition,
        TrialLoan loan,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        return caller.SendAsync(
            Routes.PreviewProduct,
            Routes.PreviewProduct.To(),
            new ProductTrialWanted(definition, loan),
            PaydownJson.Default.ProductTrialWanted,
            PaydownJson.Default.PreviewedLoanAnswer,
            cancellationToken
        );
    }

    /// <summary>
    /// Changes, opens or closes a product, which creates a new version. For managers. Read a <see cref="Product"/>,
    /// change it by <c>with</c> and send it back. A change that weakens a control awaits a second manager: see
    /// <see cref="Product.AwaitedApproval"/>.
    /// </summary>
    /// <param name="productId">The product.</param>
    /// <param name="definition">The whole definition. What is null takes the server's default.</param>
    /// <param name="version">The version that the change is based on; refused unless it is the current one.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be made.</param>
    public Task<Product> ChangeAsync(
        Guid productId,
        ProductDefinition definition,
        int version,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(definition);
        return caller.SendAsync(
            Routes.ChangeProduct,
            Routes.ChangeProduct.To(productId),
            new ProductChange(definition, version),
            PaydownChangesJson.Default.ProductChange,
            PaydownJson.Default.ProductAnswer,
            cancellationToken,
            idempotencyKey
        );
    }

    /// <summary>Gets the questions of a product and the answers that pass. For managers.</summary>
    public Task<ProductQuestions> GetQuestionsAsync(Guid productId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ProductQuestions,
            Routes.ProductQuestions.To(productId),
            PaydownJson.Default.ProductQuestionsAnswer,
            cancellationToken
        );

    /// <summary>Replaces the questions of a product, which creates a new version. For managers.</summary>
    public Task<ProductQuestions> ChangeQuestionsAsync(
        Guid productId,
        IReadOnlyList<OfficerQuestion> questions,
        int version,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeProductQuestions,
            Routes.ChangeProductQuestions.To(productId),
            new QuestionsChange(questions, version),
            PaydownChangesJson.Default.QuestionsChange,
            PaydownJson.Default.ProductQuestionsAnswer,
            cancellationToken,
            idempotencyKey
        );
}
