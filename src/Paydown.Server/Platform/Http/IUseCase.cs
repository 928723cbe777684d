namespace Paydown.Server.Platform.Http;

/// <summary>A use case of the API. Its class name is the operation id in the OpenAPI document.</summary>
public interface IUseCase
{
    /// <summary>The description of its requests and responses.</summary>
    static abstract Contract Contract { get; }

    /// <summary>Handles one request that has passed the pipeline.</summary>
    ValueTask<Answer> HandleAsync(Call call);
}
